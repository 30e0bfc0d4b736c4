# Words inside the pictures.
chart-legend-actual = 实际得分
chart-legend-standard = 标准
chart-legend-standard-value = 标准 { $value }
chart-legend-below = 低于标准
chart-legend-unrated = 未评
chart-legend-own = 自评
chart-legend-got = 得分
chart-legend-possible = 满分（条长＝分值）
chart-legend-low = 低于 { $percent }%
chart-met = 达标 { $met }/{ $all }
chart-heat-from-standard = 与标准差
chart-heat-share = 得分率
chart-heat-at-standard = ＝标准
chart-heat-unrated = – 未评
chart-items-interval = 95% 置信区间
chart-items-noticed = 可能需要调整
