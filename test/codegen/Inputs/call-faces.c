/* Runs the library made of faces.pde. */

#include "faces.h"

#include <stdio.h>

int main(void) {
  double f[4] = {1, 2, 3, 4}, q[7] = {99, 99, 99, 99, 99, 99, 99};
  char message[200] = "";
  faces_params params = faces_defaults();
  int i;
  printf("status %d\n",
         faces_run(&params, 2, 2, f, q, 1, message, sizeof message));
  for (i = 0; i < 7; ++i)
    printf("%g ", q[i]);
  return 0;
}
