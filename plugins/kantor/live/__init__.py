"""The development server: a saved file is a new page in the open browser, without a key pressed."""
