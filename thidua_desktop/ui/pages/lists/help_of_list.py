"""What F1 says of the tools, the filters and the pane of a list: how each is used, before what the register is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.rooms import HOW_HELP, PAGE_HELP

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage


def explain_parts(page: ListPage) -> None:
    """Gives the parts of a list page their answers of the guide."""
    pane = page.pane
    for how, places in {
        "filters": (page.filters,),
        "columns": (page.columns_button,),
        "several": (page.several_button,),
        "from_excel": (page.import_button, page.paste_button, page.template_button),
        "to_excel": (page.export_button,),
        "print_list": (page.print_button,),
        "reprint": (page.papers_button, *pane.paper_buttons.values()),
        "again": (pane.copy_button,),
        "history": (pane.history, pane.tabs),
        "attaching": (pane.attachments,),
        "leaving": (pane.delete_button,),
    }.items():
        explain_by(f"{HOW_HELP}{how}", *places)
    explain_by(f"{PAGE_HELP}Bản ghi đã xóa", page.deleted_button)
