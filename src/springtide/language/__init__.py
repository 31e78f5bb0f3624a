"""Numbers, units, dates and periods as people write them in zh-CN, zh-HK and en."""
