# RUN: cd %S && not pdec check many-errors.pde 2>&1 | diff many-errors.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let a0 = b0
let a1 = b1
let a2 = b2
let a3 = b3
let a4 = b4
let a5 = b5
let a6 = b6
let a7 = b7
let a8 = b8
let a9 = b9
let a10 = b10
let a11 = b11
let a12 = b12
let a13 = b13
let a14 = b14
let a15 = b15
let a16 = b16
let a17 = b17
let a18 = b18
let a19 = b19
let a20 = b20
let a21 = b21
let a22 = b22
let a23 = b23
let a24 = b24
output f
