# RUN: cd %S && not pdec check first-word-misspelt.pde 2>&1 | diff first-word-misspelt.pde.expected -
gird X : 1d
