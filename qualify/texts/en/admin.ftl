# The administrator's menu
admin-back = ‹ Back
admin-menu = Administration
admin-menu-hint = Send me a list of people or of exam scores (CSV or XLSX) to import it.
admin-menu-people = 👥 People
admin-menu-assess = 📋 Assessments
admin-menu-progress = ⏳ Progress
admin-menu-sign = ✍️ Sign and publish
admin-menu-appeals = ⚖️ Appeals
admin-menu-ranking = 🏅 Knowledge ranking
admin-menu-export = 📤 Export
admin-menu-audit = 🧾 Audit log
