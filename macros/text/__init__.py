"""YAML files and page headers become plain values that still know where they stood."""
