# min and max of NaN and anything are NaN in either order, in all forms.
#
# RUN: pdec verify %s | FileCheck %s
# RUN: pdec verify --onnx %s | FileCheck %s --check-prefix ONNX
# CHECK: f64, as written: proved on
# CHECK: f32, as written: proved on
# ONNX: conv, f32:
# ONNX: slice, f64:
grid X : 1d, boundary reflecting, size 20
input f on X = x - 10
input g on X = 1
let nan = sqrt(f)
fun known(s) = if s == s then 1 else 0
output a = known(min(nan, g)) + 2*known(min(g, nan)), b = known(max(nan, g)) + 2*known(max(g, nan))
output c = known(min(nan, 1)) + 2*known(min(1, nan)), d = known(max(nan, 1)) + 2*known(max(1, nan))
output e = known(min(nan, nan)), r = known(min(g, max(g, nan), g))
