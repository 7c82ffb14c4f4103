"""What click found wrong with a command line, said in Vietnamese."""

from __future__ import annotations

import click


def told(wrong: click.ClickException) -> str:
    """One sentence, and how the command is to be used."""
    sentence = _sentence(wrong)
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    if context is None:
        return sentence
    usage = context.get_usage().replace("Usage:", "Cách dùng:").replace("[OPTIONS]", "[TÙY CHỌN]")
    return f"{usage}\nXem thêm: {context.command_path} --help\n{sentence}"


def _sentence(wrong: click.ClickException) -> str:
    if isinstance(wrong, click.MissingParameter):
        return f"Thiếu {_name(wrong.param)}."
    if isinstance(wrong, click.NoSuchOption):
        near = f" Có phải: {', '.join(wrong.possibilities)}?" if wrong.possibilities else ""
        return f"Không có tùy chọn {wrong.option_name}.{near}"
    if isinstance(wrong, click.BadOptionUsage):
        return f"Tùy chọn {wrong.option_name} cần một giá trị đi sau."
    if isinstance(wrong, click.BadParameter):
        return f"Giá trị của {_name(wrong.param)} không dùng được (tệp không có, hoặc không đúng dạng)."
    return _words(wrong.format_message())


def _words(message: str) -> str:
    """The two messages that click has no class of their own for; ours are Vietnamese already."""
    if message.startswith("No such command"):
        return f"Không có lệnh {message.removeprefix('No such command').strip(' .')}."
    if message.startswith("Got unexpected extra argument"):
        return f"Thừa: {message.partition('(')[2].rstrip('.)')}."
    return message


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "tham số"
    return param.opts[0] if isinstance(param, click.Option) else (param.human_readable_name or "tham số").upper()
