# 管理员的菜单
admin-back = ‹ 返回
admin-menu = 管理
admin-menu-hint = 把 CSV 或 XLSX 名单、成绩单直接发给我，就能导入。
admin-menu-people = 👥 人员
admin-menu-assess = 📋 评估
admin-menu-progress = ⏳ 进度
admin-menu-sign = ✍️ 签署与发布
admin-menu-appeals = ⚖️ 申诉
admin-menu-ranking = 🏅 知识排名
admin-menu-export = 📤 导出
admin-menu-audit = 🧾 操作记录
