chart-figures = Ver os números
chart-thousands = { $amount } mil
chart-millions = { $amount } mi
