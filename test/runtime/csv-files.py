#!/usr/bin/env python3
"""Runs runtime-demo on .csv files as spreadsheets, R, Fortran, MATLAB, MSVC,
pandas and gnuplot write them: right values or a message with line and column.

usage: csv-files.py path/to/runtime-demo
"""

import io
import sys

sys.dont_write_bytecode = True
import numpy as np
from demo import Tally
from reading import Reader

tally = Tally(sys.argv[1])
reader = Reader(tally)


def reads(title, text, table):
    """A table is read on a grid of rank 2 and, if it is a row or column, on one
    of rank 1."""
    table = np.array(table, dtype="f8")
    reader.expect(title, 2, "a.csv", text, table)
    if 1 in table.shape and table.size > 1:
        reader.expect(title, 1, "a.csv", text, table.ravel())
    elif table.size > 1:
        reader.refuse(title, 1, "a.csv", text, "grid X of rank 1")


def refuses(title, text, *parts):
    for rank in (1, 2):
        reader.refuse(title, rank, "a.csv", text, *parts)


# -- what NumPy writes, in many dialects ------------------------------------------

chance = np.random.default_rng(1)
TABLES = [chance.standard_normal((7, 5)) * 10.0 ** chance.integers(-9, 9, (7, 5)),
          chance.standard_normal((40, 1)), chance.standard_normal((1, 3000)),
          chance.integers(-5, 12, (6, 3)).astype("f8"),
          chance.integers(100, 1000, (9, 4)).astype("f8")]
DIALECTS = [(",", "\n", "."), (", ", "\n", "."), (" , ", "\n", "."),
            (";", "\n", "."), (";", "\r\n", ","), ("; ", "\r", ","),
            ("\t", "\n", "."), ("\t", "\r\n", ","), (" ", "\n", "."),
            ("   ", "\r", ","), (" \t ", "\n", ".")]


def written(table, separator, end, sign, shape="%.17g"):
    return "".join(separator.join(shape % value for value in row) + end
                   for row in table).replace(".", sign)


for table in TABLES:
    for separator, end, sign in DIALECTS:
        if sign == "," and table.shape[1] == 1:
            continue  # nothing tells decimal commas from separators
        text = written(table, separator, end, sign)
        name = "separator %r, end %r, sign %r" % (separator, end, sign)
        reads(name, text, table)
        reads("no last end, " + name, text[:-len(end)], table)
        reads("mark and comments, " + name,
              "\ufeff# as written" + end + end + "#" + end + text + end + " #x",
              table)
        if "," not in sign:
            reads("Fortran, " + name, written(
                table, separator, end, ".", "%.17e").replace("e", "D"), table)
        if separator.strip() or separator == "\t":
            bare = separator.strip(" ")
            names = ['"x%d, the;\tfirst #1"' % i for i in range(table.shape[1])]
            reads("quoted heading, " + name, bare.join(names) + end + text, table)
            reads("quoted numbers, " + name, end.join(
                bare.join('"%s"' % cell.strip() for cell in line.split(bare))
                for line in text.split(end) if line), table)
for table in TABLES:
    text = io.StringIO()
    np.savetxt(text, table, header="x y z")
    reads("numpy.savetxt", text.getvalue(), table)

# -- what is right -----------------------------------------------------------------

reads("decimal commas of one line", "1,5;2,5;3,5\n", [[1.5, 2.5, 3.5]])
reads("decimal commas", "1,5;2,5\n3,5;4,5\n", [[1.5, 2.5], [3.5, 4.5]])
reads("decimal commas and integers", "1;2,5\n3;4\n", [[1, 2.5], [3, 4]])
reads("quoted decimal commas", '"1,5";"2,5"\n', [[1.5, 2.5]])
reads("decimal commas between blanks", "1,5 2,25\n", [[1.5, 2.25]])
reads("quoted first", '"1.5"\n2\n', [[1.5], [2]])
reads("blanks in quotes", '" 1.5 "\n2\n', [[1.5], [2]])
reads("Fortran first", "1.0D+00\n2\n3.5d-1\n", [[1], [2], [0.35]])
reads("Fortran with decimal commas", "1,5D+00;2\n", [[1.5, 2]])
reads("CR only", "1,2\r3,4\r5,6\r", [[1, 2], [3, 4], [5, 6]])
reads("CR CR LF", "1\r\r\n2\r\r\n", [[1], [2]])
reads("mixed line ends", "1\r2\n3\r\n4", [[1], [2], [3], [4]])
reads("heading", "x,y\n1,2\n", [[1, 2]])
reads("heading with blanks", "x [m], _y (t = 0)\n1,2\n", [[1, 2]])
reads("heading of one column", "the value\n1\n2\n", [[1], [2]])
reads("Greek heading", "λ;Größe\n1,5;2\n", [[1.5, 2]])
reads("quoted heading", '"a ""b""";"c;d"\n1;2\n', [[1, 2]])
reads("single letter", "T\n1\n2\n", [[1], [2]])
reads("gnuplot", "# x y\n\n1 2 # first\n3 4 #\n",
      [[1, 2], [3, 4]])
reads("gnuplot's blocks", "1 2\n3 4\n\n\n5 6\n", [[1, 2], [3, 4], [5, 6]])
reads("three digits each", "100,200\n300,400\n", [[100, 200], [300, 400]])
reads("aligned", "  1, 10,100\n100,  1, 10\n", [[1, 10, 100], [100, 1, 10]])
reads("seven groups are a line", "1" + ",234" * 7 + "\n", [[1] + [234] * 7])
reads("three decimals", "1.125;2.250;0.500\n", [[1.125, 2.25, .5]])
reads("blank lines below comments", "# x\n\n# y\n \n1\n2\n\n", [[1], [2]])
reads("blank lines above a heading", "\n\nx\n1\n2\n", [[1], [2]])
reads("blank lines above lines", "\n1,2\n\n3,4\n", [[1, 2], [3, 4]])
reads("signs and styles", "+1,-.5\n2.,1E3\n", [[1, -.5], [2, 1000]])
reads("tiny", "1e-400\n1e-320\n", [[0], [1e-320]])
reads("far comments", "#" + "x" * 300000 + "\n" + "# y\n" * 100000 + "1;2,5\n",
      [[1, 2.5]])
long = np.arange(30000.0) + 0.5
reads("longer than the buffer", written([long], ";", "\r\n", ","), [long])
reads("longer than the buffer, down", written(long[:, None], ";", "\r\n", "."),
      long[:, None])

# -- separators --------------------------------------------------------------------

refuses("two separators", "1,2\n3;4\n", "line 2 has 2 values", "column 2")
refuses("two separators, turned", "1;2\n3,4\n", "line 2 has 1 value", "column 2")
refuses("comma, then blank", "1,2\n3 4\n", "line 2, column 1 ends with a blank",
        "line 1, column 1", "one separator")
refuses("commas and blanks", "1, 2 3\n4, 5 6\n", "line 1, column 2",
        "one separator")
refuses("tabs and blanks", "1 2\t3\n", "line 1, column 1 has '1 2'", "tabs")
late = "1,2\n" * 100000
reader.refuse("late semicolon", 2, "a.csv", late + "3;4,5\n",
              "line 100001, column 1 has '3;4'", "separated by ','")
reader.refuse("late blank", 2, "a.csv", late + "3 4,5\n",
              "line 100001, column 1 has '3 4'", "separated by ','")
reader.refuse("late blanks", 2, "a.csv", late + "3 4\n", "line 100001 has 1 value",
              "column 2")
refuses("late comma", "1.5\n" * 100000 + "3,4\n", "line 100001, column 1 has '3,4'",
        "point as decimal sign")
refuses("trailing commas", "1,2,\n3,4,\n", "line 1, column 3 is blank",
        "remove the separator")
refuses("one trailing semicolon", "1;2\n3;4;\n", "line 2, column 3 is blank",
        "remove the separator")
refuses("trailing tabs", "1\t\n2\t\n", "line 1, column 2 is blank")
refuses("MATLAB's brackets", "[1 2; 3 4]\n", "line 1, column 1 has '[1 2'")
refuses("Excel's hint", "sep=;\n1;2\n", "line 1, column 2")

# -- decimal commas and thousands ---------------------------------------------------

refuses("commas with and without blanks", "1,5, 2,5\n3,5, 4,5\n",
        "line 1, column 2 ends with ',' and a blank", "';'")
reader.refuse("a column with decimal commas", 1, "a.csv", "1,5\n2,5\n",
              "no decimal commas")
reader.refuse("some with decimal commas", 1, "a.csv", "1,5\n2\n",
              "line 2 has 1 value", "column 2", "no decimal commas")
reader.refuse("zeros behind the comma", 2, "a.csv", "1,05\n2,10\n",
              "line 1, column 2 has '05'", "decimal comma")
refuses("quoted decimal commas between commas", '"1,5","2,5"\n',
        "line 1, column 1 has '1,5'", "separated by ','")
refuses("quoted decimal commas alone", '"1,5"\n"2,5"\n',
        "line 1, column 1 has '1,5'", "point as decimal sign")
refuses("points and commas", "1.5;2,5\n", "line 1, column 2 has '2,5'",
        "only decimal sign")
refuses("commas and points", "1,5;2;2.5\n", "line 1, column 3 has '2.5'",
        "line 1, column 1 has '1,5'")
refuses("English thousands", "1,234.5\n", "line 1, column 1", "'1,234.5'",
        "thousands")
refuses("English thousands, down", "1,234\n23,456\n-345,678\n",
        "line 1, column 1", "thousands")
refuses("English millions", "1,234,567.25\n1,000,000\n", "line 1, column 1",
        "thousands")
refuses("English thousands, quoted", '"1,234.5","2,345.5"\n',
        "line 1, column 1 has '1,234.5'", "thousands")
refuses("English thousands between semicolons", "1,234;5,678\n",
        "line 1, column 1 has '1,234'", "thousands")
refuses("English thousands and decimals", "1,234.5;2\n",
        "line 1, column 1 has '1,234.5'", "thousands")
refuses("German thousands", "1.234,5;2,5\n", "line 1, column 1 has '1.234,5'",
        "thousands")
refuses("German millions", "1.234.567;2\n", "line 1, column 1", "thousands")
refuses("German thousands without decimals", "1.234;12.345;999;1.000\n",
        "line 1, column 1 has '1.234'", "thousands")
refuses("Swiss thousands", "1'234\n2'345\n", "line 1, column 1 has '1'234'",
        "thousands")
refuses("French thousands", "1 234\n5 678\n", "line 1, column 1", "'1 234'",
        "thousands")
refuses("French thousands and decimals", "1 234,5\n23 456,7\n",
        "line 1, column 1", "thousands")
refuses("French thousands between semicolons", "2,5;1 234,5\n",
        "line 1, column 2 has '1 234,5'", "thousands")
refuses("French thousands between tabs", "1 234\t5 678\n",
        "line 1, column 1 has '1 234'", "thousands")
refuses("French thousands between commas", "1 234,5 678\n", "line 1, column 1",
        "thousands")
refuses("narrow blanks", "1\u202f234\n2\u00a0345\n", "line 1, column 1",
        "thousands")
refuses("underscores", "1_000\n2_000\n", "line 1, column 1 has '1_000'")

# -- headings and names --------------------------------------------------------------

for word in ("NA", "N/A", "na", "NULL", "None", "TRUE", "-", ".", "#N/A",
             '"NA"', "<NA>", "missing", "#NV", "Err:502"):
    refuses("first " + word, word + "\n1\n2\n", "line 1, column 1",
            "fill in the missing value")
    refuses("first of a line: " + word, word + ";1\n1;2\n", "line 1, column 1")
    refuses("later " + word, "1\n" + word + "\n2\n", "line 2, column 1")
    refuses("in a line: " + word, "1;2;" + word + "\n", "line 1, column 3")
for word in ("nan", "NaN", "inf", "-inf", "Infinity", "nan(ind)", "-nan(ind)"):
    refuses("first " + word, word + "\n1\n2\n", "line 1, column 1 is ", "finite")
    refuses("later " + word, "1\n2\n" + word + "\n",
            "line 3, column 1 is ", "finite")
for word in ("1.#QNAN", "-1.#IND", "1.#INF", "1.#SNAN", "1.#J", "-1.#R",
             "1.#QNAN00", "1.#INF000e+000"):
    refuses("MSVC's " + word, "0.5\n" + word + "\n", "line 2, column 1 has",
            "MSVC", "finite")
    refuses("first " + word, word + ",1\n", "line 1, column 1 has", "finite")
refuses("first blank", ",1,2\n3,4,5\n", "line 1, column 1 is blank")
refuses("pandas' index", ",a,b\n0,1,2\n1,3,4\n", "line 1, column 1 is blank",
        "row names")
refuses("R's write.csv", '"","x"\n"1",0.5\n"2",0.7\n', "line 1, column 1 is blank",
        "row names")
refuses("R's write.table", '"x" "y"\n"1" 0.5 1\n"2" 0.7 2\n',
        "line 1 has 2 names", "3 values", "row names")
refuses("R's write.table of one column", '"x"\n"1" 0.5\n"2" 0.7\n',
        "line 1 has 1 name", "2 values")
refuses("row names without heading", "a,1,2\nb,3,4\n", "line 1, column 1 has 'a'",
        "rows have no")
reader.refuse("row names", 2, "a.csv", "n,x\na,1\nb,2\n",
              "line 2, column 1 has 'a'", "rows have none")
refuses("names and numbers", "1,x\n2,3\n", "line 1, column 2 has 'x'")
refuses("two headings", "x\nm\n1\n2\n", "line 2, column 1 has 'm'")
refuses("heading of other size", "a,b\n1\n2\n", "line 1, column 1 has 'a,b'")
refuses("heading with a value", "value 1.5\n2\n", "line 1, column 1")
refuses("heading only", "x,y\n", "no numbers")
refuses("words", "1\n2\nthree\n", "line 3, column 1 has 'three'")

# -- blanks, comments, quotes --------------------------------------------------------

refuses("blank cell", "1;;3\n4;;6\n", "line 1, column 2 is blank")
refuses("blank cell between tabs", "1\t\t3\n4\t\t6\n", "line 1, column 2 is blank")
refuses("blank first cells", "\t1\t2\n\t3\t4\n", "line 1, column 1 is blank")
refuses("blank row", "1,2\n,\n3,4\n", "line 2, column 1 is blank")
refuses("blank cell of a column", "1\n\n3\n", "line 2, column 1 is blank")
refuses("blank first cell of a column", "\n1\n3\n", "line 1, column 1 is blank")
refuses("blank cell below a heading", "x\n \n1\n", "line 2, column 1 is blank")
refuses("blank cell and comment", "1\n# x\n\n3\n", "line 3, column 1 is blank")
refuses("quoted blank", '1\n""\n3\n', "line 2, column 1 is blank")
refuses("missing last cell", "1,2,3\n4,5\n", "line 2 has 2 values",
        "column 3 is missing")
refuses("one more cell", "1 2\n4 5 6\n", "line 2 has 3 values",
        "column 3 is too many")
refuses("# within a word", "1#2\n3\n", "line 1, column 1 has '1#2'")
refuses("# behind a separator", "1;#2\n3;4\n", "line 1, column 2 has '#2'")
refuses("comment for a value", "1; # 2\n3;4\n", "line 1, column 2 is blank")
for error in ("#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#WERT!"):
    refuses("spreadsheet's error", "1\n" + error + "\n3\n", "line 2, column 1 has")
    refuses("spreadsheet's error", "1;" + error + ";3\n", "line 1, column 2 has")
    refuses("spreadsheet's error", "1 " + error + "\n3 4\n", "line 1, column 2 has")
refuses("too narrow a column", "####;1\n2;3\n", "line 1, column 1 has '####'")
refuses("open quote", '1\n"2\n3"\n', "line 2, column 1 has a quote")
refuses("text behind quotes", '"1"2\n', "line 1, column 1 has text behind")
refuses("quotes within", '1"5"\n2\n', "line 1, column 1 has '1\"5\"'")
refuses("apostrophes", "'1.5'\n2\n", "line 1, column 1 has ''1.5''")

# -- other texts -----------------------------------------------------------------------

for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
    refuses(name, "1,2\n3,4\n".encode(name), "UTF-16", "save it as 'CSV UTF-8'")
refuses("late zero byte", b"1\n2\x00\n", "line 2, column 1 has '2\\x00'", "UTF-8")
refuses("two files in one", "1\n\ufeff2\n", "line 2, column 1 has")
for word in ("\u22121", "0x10", "$1.5", "5%", "12:30", "2020-01-01", "1.0-100",
             "****", "(1.0", "1+2i", "1e", "1.5.2", "--1", "3*1.0", "1d", "1d2d3"):
    refuses(word, "1\n" + word + "\n", "line 2, column 1 has '" + word)
    refuses("first " + word, word + "\n1\n", "line 1, column 1 has '" + word)
refuses("too large", "1\n1D999\n", "line 2, column 1 has 1D999", "too large")
reader.refuse("too large for f32", 2, "a.csv", "1,1e300\n",
              "line 1, column 2 is 1e+300", "f32")
refuses("long cell", "1\n" + "9" * 5000 + "\n", "line 2, column 1 has more than")

tally.finish()
