"""After deployment: is the page live, then one recorded attempt for each due entry."""
