chart-figures = Ver las cifras
chart-thousands = { $amount } mil
chart-millions = { $amount } M
