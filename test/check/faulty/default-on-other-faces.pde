# RUN: cd %S && not pdec check default-on-other-faces.pde 2>&1 | diff default-on-other-faces.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input f on Z
input v on Z, faces forward(x) = 2*f + x
input w on Z, faces forward(x) = backward(x)(f)
input u on Z = forward(x)(f)
output u, v, w
