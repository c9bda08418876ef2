# RUN: pdec fmt %root/examples/charbonnier.pde | diff %root/examples/charbonnier.pde -
# RUN: pdec fmt %root/examples/fourth_order.pde | diff %root/examples/fourth_order.pde -
# RUN: pdec fmt %root/examples/heat.pde | diff %root/examples/heat.pde -
# RUN: pdec fmt %root/examples/perona_malik.pde | diff %root/examples/perona_malik.pde -
# RUN: pdec fmt %root/compiler/library/core.pde | diff %root/compiler/library/core.pde -
# RUN: pdec fmt %root/compiler/library/diffusivities.pde | diff %root/compiler/library/diffusivities.pde -
# RUN: pdec fmt %root/compiler/library/schemes.pde | diff %root/compiler/library/schemes.pde -
# The examples and the library are laid out as the formatter would.
