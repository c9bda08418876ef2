# RUN: pdec %s --emit program | FileCheck %s
# Integers stay integers but for '/'; constants are folded.
grid X : 1d
param n = 3
input f on X

# CHECK: output a = [[A:%.*]]
output a = f + (7/2 + 2^3^2 - -2^2 + min(3, 1, 2))*0 + 1
# CHECK: pow f, 2 : real on X
output b = f^2
# CHECK: [[N2:%.*]] = mul n, 2 : int
# CHECK: [[R:%.*]] = real [[N2]] : real
# CHECK: mul [[R]], f : real on X
output c = (n*2)*f
# CHECK: pow f, -1 : real on X
output d = f^-1
# CHECK: pow f, 0.5 : real on X
output e = f^0.5
# CHECK: [[LOW:%.*]] = less 0.0, f : bool on X
# CHECK: [[HIGH:%.*]] = less_equal f, 1.0 : bool on X
# CHECK: and [[LOW]], [[HIGH]] : bool on X
output g = if 0 < f <= 1 then f else 1 - f
# CHECK: mul 519.5, f : real on X
output h = (7/2 + 2^3^2 - -2^2)*f
