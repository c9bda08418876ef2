# Writes OUTPUT, a C++ file with the texts of FILES (separated by '|').
string(REPLACE "|" ";" files "${FILES}")
set(entries "")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND entries "      {\"library/${name}\", R\"PDE(${text})PDE\"},\n")
endforeach()
file(WRITE ${OUTPUT}
  "#include \"compiler/library/LibrarySources.h\"\n\n"
  "const std::vector<pdec::LibrarySource> &pdec::librarySources() {\n"
  "  static const std::vector<LibrarySource> sources = {\n${entries}"
  "  };\n  return sources;\n}\n")
