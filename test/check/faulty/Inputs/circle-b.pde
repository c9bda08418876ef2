# Back again.
import "circle-a.pde"
