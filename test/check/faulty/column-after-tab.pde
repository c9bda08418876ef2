# RUN: cd %S && not pdec check column-after-tab.pde 2>&1 | diff column-after-tab.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
	let a =	lamda
output f
