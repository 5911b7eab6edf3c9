"""Tells those who asked that pages changed: WebSub hubs for the feeds, IndexNow for the pages.

Only what is live is told, so this runs after a deployment; it is told once, whatever fails.
"""
