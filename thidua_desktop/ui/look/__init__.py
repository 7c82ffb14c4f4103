"""The look of the desk: tokens of three themes, the stylesheet built from them, icons, fonts and the control style."""
