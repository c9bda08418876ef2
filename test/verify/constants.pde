# Functions of constants: the kernel finds some of them when it is compiled, the
# network computes all of them; no bit may tell.
#
# RUN: pdec verify %s | FileCheck %s
# CHECK: f64, as written: proved on
# CHECK: f32, as written: proved on
grid X : 1d, boundary reflecting, size 20
input f on X = sin(x)
fun g(s) = exp(s) + sin(s)*cos(s) + tan(s) + atan(s) + tanh(s) + log(s) + s^1.7 + sqrt(s) + asin(s/9) + acos(s/9) + sinh(s) + cosh(s) + cbrt(s) + erf(s)
let a = like(f, 0.1)
let b = like(f, 0.3)
let c = like(f, 0.7)
let d = like(f, 1.9)
# As a loop does whose end they decide.
let v = fixpoint v from like(f, 0) { v + exp(v) + 0*f } until max(abs(v)) > 3, at most 9
output r = f + 100*g(a) + 100*g(b) + 100*g(c) + 100*g(d), e = exp(a) - f*exp(b), h = exp(c)*exp(d) + 0*f, w = v
