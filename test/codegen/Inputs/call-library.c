/* Runs the library made of diffusion.pde. */

#include "diffusion.h"

#include <stdio.h>

int main(void) {
  double f[3] = {1, 2, 4}, source[3] = {0, 1, 0}, u[3], change[3];
  char message[200] = "";
  diffusion_params params = diffusion_defaults();
  int i, status;
  printf("defaults %g %d %g\n", params.tau, (int)params.n, params.weight);
  params.n = 1;
  status = diffusion_run(&params, 3, f, source, u, change, 2, message,
                         sizeof message);
  printf("status %d\n", status);
  for (i = 0; i < 3; ++i)
    printf("u %g change %g\n", u[i], change[i]);
  /* A null input asks for the default. */
  params.n = 0;
  status = diffusion_run(&params, 3, 0, source, u, change, 0, message,
                         sizeof message);
  printf("status %d\n", status);
  printf("u %g %g %g\n", u[0], u[1], u[2]);
  /* An illegal parameter is refused with a sentence. */
  params.tau = 2;
  status = diffusion_run(&params, 3, 0, source, u, change, 0, message,
                         sizeof message);
  printf("status %d: %s\n", status, message);
  return 0;
}
