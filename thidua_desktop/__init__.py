"""The commune and province desk of the movement "toàn dân bảo vệ an ninh Tổ quốc"."""

__version__ = "0.2.0"
