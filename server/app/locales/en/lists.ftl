chart-figures = Show the figures
chart-thousands = { $amount }k
chart-millions = { $amount }M
