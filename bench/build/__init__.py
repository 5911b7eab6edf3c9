"""How long builds take: Siar beside stock Pelican, its cache, Hugo and Eleventy, on equal pages."""
