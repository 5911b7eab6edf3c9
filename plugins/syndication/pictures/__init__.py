"""Pictures that posts carry: made to fit a platform, or drawn as a card; files of the site."""
