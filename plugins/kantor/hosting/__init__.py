"""What a web server must know of the site: headers, caching, the 404 page, moved addresses."""
