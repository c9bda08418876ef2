/* The same step by a library's own header. */

#include "melting.h"

#include <stdio.h>

int main(void) {
  const double f[3] = {1, 2, 4};
  double u[3];
  char message[200];
  melting_params params = melting_defaults();
  if (melting_run(&params, 3, f, u, 0, message, sizeof message)) {
    fprintf(stderr, "%s\n", message);
    return 1;
  }
  printf("u %g %g %g\n", u[0], u[1], u[2]);
  return 0;
}
