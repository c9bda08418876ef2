# What find_package(pdec) reads. The runtime is a static archive: what it calls
# is linked by those who link it.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(PNG)
include(${CMAKE_CURRENT_LIST_DIR}/pdecTargets.cmake)
