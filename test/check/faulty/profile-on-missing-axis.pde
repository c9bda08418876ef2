# RUN: cd %S && not pdec check profile-on-missing-axis.pde 2>&1 | diff profile-on-missing-axis.pde.expected -
grid X : 2d, size 8
input p on X.z
output u = p
