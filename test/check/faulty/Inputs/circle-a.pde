import "circle-b.pde"
