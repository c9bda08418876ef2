# RUN: cd %S && not pdec check first-word-of-others.pde 2>&1 | diff first-word-of-others.pde.expected -
function R(u) = u
