"""Charts as pure geometry: data in, shapes out; the PDF and the window paint the same shapes."""
