"""The pages under docs/: what each is about, where it will stand on the site, and whether it can be built."""
