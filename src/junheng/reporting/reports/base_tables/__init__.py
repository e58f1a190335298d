"""督导评估基础数据统计表: what schools filed, by school, town and county."""
