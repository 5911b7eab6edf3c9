"""From one original to what readers load: upright, small, in modern formats, telling no secrets."""
