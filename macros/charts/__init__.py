"""Charts and maps: records turned into drawings whose colours are the site's own, so that they follow its theme."""
