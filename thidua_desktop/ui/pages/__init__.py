"""Pages of the desk: one folder per kind of page, each built on ui.components and ui.shell."""
