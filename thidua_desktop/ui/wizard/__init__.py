"""The first start: the wizard that makes an office file and its recovery sheet."""
