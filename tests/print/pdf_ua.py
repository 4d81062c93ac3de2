#!/usr/bin/env python3
"""Holds a PDF against those conditions of PDF/UA-1 (ISO 14289-1) that can be read off the file, by their numbers in the
Matterhorn protocol 1.1: pdf_ua.py FILE [heard | NODES]. Prints what fails, then how many of each structure type there are;
with "heard" what a screen reader is given instead. NODES is the list of nodes that the text had (report.tags), all of which
must be in the tree. Exit code 1 when anything fails. Needs qpdf 11."""
import collections
import json
import re
import subprocess
import sys

STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl
LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form""".split())
# What an element's parent may be (ISO 32000-1, 14.8.4.3).
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
           "TFoot": {"Table"}, "LI": {"L"}, "LBody": {"LI"}, "Lbl": {"LI", "Note", "TOCI"}, "TOCI": {"TOC"}}
PAINTING = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "EI"}
TOKEN = re.compile(rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]|/[^\s()<>\[\]/%]*|[^\s()<>\[\]/%]+", re.S)


class File:
    def __init__(self, path):
        out = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", "--json-key=pages", "--json-stream-data=inline", "--decode-level=generalized", path],
                             capture_output=True, check=False)
        self.json = json.loads(out.stdout)
        self.objects = self.json["qpdf"][1]
        self.faults = []
        trailer = self.objects["trailer"]["value"]
        self.catalog = self.get(trailer["/Root"])
        self.encrypted = "/Encrypt" in trailer
        self.pages = [page["object"] for page in self.json["pages"]]

    def inherited(self, page, key):
        """What a page, or a node of pages above it, says (ISO 32000-1, 7.7.3.4)."""
        node = self.get(page) or {}
        while node and key not in node:
            node = self.get(node.get("/Parent")) or {}
        return self.get(node.get(key))

    def get(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            item = self.objects.get("obj:" + value, {})
            value = item.get("value", item.get("stream"))
        return value

    def data(self, reference):
        import base64
        item = self.objects["obj:" + reference]["stream"]
        return base64.b64decode(item["data"])

    def fault(self, number, text):
        self.faults.append(f"{number}: {text}")


def text(value):
    """A string of qpdf's JSON: Unicode, or bytes, of which PDF's own encoding has Latin letters at their places."""
    if not isinstance(value, str):
        return ""
    return bytes.fromhex(value[2:]).decode("latin1") if value.startswith("b:") else value[2:]


def contents(pdf, page):
    value = pdf.get(page)["/Contents"]
    references = value if isinstance(value, list) else [value]
    return b"\n".join(pdf.data(reference) for reference in references)


def unescaped(token):
    """The bytes of a string of a page's content."""
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode())
    signs = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(match):
        code = match.group(1)
        return bytes([int(code, 8) % 256]) if code.isdigit() else signs.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, token[1:-1], flags=re.S)


def code_map(pdf, font):
    """What the codes of a font mean, by its ToUnicode map."""
    meant = {}
    reference = pdf.get(font).get("/ToUnicode")
    cmap = pdf.data(reference).decode("latin1") if reference else ""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, to in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            meant[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w*)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                meant[code] = chr(ord(bytes.fromhex(to).decode("utf-16-be")[0]) + code - int(first, 16))
        for first, _, texts in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.S):
            for at, to in enumerate(re.findall(r"<(\w*)>", texts)):
                meant[int(first, 16) + at] = bytes.fromhex(to).decode("utf-16-be")
    return meant


class Shown:
    """The text of a page's marked contents, by their numbers."""

    def __init__(self, pdf, page):
        self.pdf, self.fonts, self.texts = pdf, pdf.get(pdf.get(pdf.get(page)["/Resources"]).get("/Font", {})), collections.defaultdict(str)
        self.maps, self.font = pdf.__dict__.setdefault("code_maps", {}), None

    def set_font(self, name):
        self.font = self.fonts.get(name)
        if self.font and str(self.font) not in self.maps:
            self.maps[str(self.font)] = code_map(self.pdf, self.font)

    def show(self, strings, stack):
        numbers = [number for kind, _, number in stack if kind == "content"]
        if not numbers or any(kind == "spelt out" for kind, _, _ in stack):
            return
        meant = self.maps.get(str(self.font), {})
        self.texts[numbers[-1]] += "".join(meant.get(code, "") for string in strings for code in string)

    def spell_out(self, inner, stack):
        numbers = [number for kind, _, number in stack if kind == "content"]
        said = re.search(r"/ActualText <(\w+)>", inner)
        if said and numbers:
            self.texts[numbers[-1]] += bytes.fromhex(said.group(1)).decode("utf-16")
        return bool(said)


def content_faults(pdf, page, at, data):
    """All that a page paints is marked as content with a number, or as an artefact, and the numbers are given once.
    Gives the roles and numbers of its marked content, and the text of each."""
    stack, found, in_text, operands, strings, shown = [], [], False, [], [], Shown(pdf, page)
    for match in TOKEN.finditer(data):
        token = match.group().decode("latin1")
        if token[0] == "(" or (token[0] == "<" and token != "<<"):
            strings.append(unescaped(match.group()))
        if token == "Tf":
            shown.set_font(operands[0])
        if token in ("Tj", "TJ"):
            shown.show(strings, stack)
        if token == "BDC" or token == "BMC":
            inner = " ".join(operands)
            number = re.search(r"/MCID (\d+)", inner)
            role = operands[0][1:] if operands else ""
            kind = "artefact" if role == "Artifact" else "content" if number else "other"
            if kind == "other" and shown.spell_out(inner, stack):
                kind = "spelt out"
            if kind == "artefact" and "content" in [k for k, _, _ in stack]:
                pdf.fault("01-003", f"page {at + 1} has an artefact within content")
            if kind == "content" and any(k in ("content", "artefact") for k, _, _ in stack):
                pdf.fault("01-004", f"page {at + 1} has content within {stack[-1][0]}")
            if number:
                found.append((role, int(number.group(1))))
            stack.append((kind, in_text, int(number.group(1)) if number else -1))
        elif token == "EMC":
            if not stack:
                pdf.fault("01-000", f"page {at + 1} ends what was not begun")
            elif stack.pop()[1] != in_text:
                pdf.fault("01-000", f"page {at + 1} has marked content that crosses a text object")
        elif token == "BT":
            in_text = True
        elif token == "ET":
            in_text = False
        elif token in PAINTING and not any(kind in ("content", "artefact") for kind, _, _ in stack):
            pdf.fault("01-005", f"page {at + 1} paints what is neither content nor an artefact")
        if re.fullmatch(r"[A-Za-z'\"*]+[0-9]?", token) and not token.startswith("/"):
            operands, strings = [], []
        else:
            operands.append(token)
    if stack:
        pdf.fault("01-000", f"page {at + 1} leaves marked content open")
    numbers = [number for _, number in found]
    if len(set(numbers)) != len(numbers):
        pdf.fault("01-000", f"page {at + 1} gives a number twice")
    return found, shown.texts


def metadata_faults(pdf):
    catalog = pdf.catalog
    if pdf.get(catalog.get("/MarkInfo", {})).get("/Marked") is not True:
        pdf.fault("06-000", "the file does not say that it is marked")
    if "/Metadata" not in catalog:
        return pdf.fault("06-001", "no XMP metadata")
    xmp = pdf.data(catalog["/Metadata"]).decode()
    if not re.search(r"<pdfuaid:part>\s*1\s*<", xmp):
        pdf.fault("06-002", "XMP does not say PDF/UA-1")
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", xmp, re.S):
        pdf.fault("06-003", "XMP has no title")
    if pdf.get(catalog.get("/ViewerPreferences", {})).get("/DisplayDocTitle") is not True:
        pdf.fault("07-001", "the title is not shown")
    if not text(catalog.get("/Lang")):
        pdf.fault("11-006", "the document has no language")
    if pdf.encrypted:
        pdf.fault("26-001", "the file is encrypted")


class Tree:
    def __init__(self, pdf, marked):
        self.pdf = pdf
        self.marked = {page: found for page, (found, _) in marked.items()}
        self.texts = {page: texts for page, (_, texts) in marked.items()}
        self.counts = collections.Counter()
        self.ids, self.annotations, self.owned = collections.Counter(), {}, {}
        self.heading = 0
        self.heard = []
        root = pdf.get(pdf.catalog.get("/StructTreeRoot", {}))
        self.roles = {key[1:]: value[1:] for key, value in pdf.get(root.get("/RoleMap", {})).items()}
        self.root = root
        kids = root.get("/K")
        self.document = kids[0] if isinstance(kids, list) else kids
        self.walk(self.document, "", None, 0)
        self.check_parents()
        self.check_links()

    def role(self, element):
        role = element["/S"][1:]
        if role in STANDARD:
            return role
        if self.roles.get(role) not in STANDARD:
            self.pdf.fault("02-001", f"{role} is mapped to no standard type")
        return self.roles.get(role, role)

    def walk(self, reference, parent, page, depth):
        element = self.pdf.get(reference)
        role = self.role(element)
        self.counts[role] += 1
        alt = text(element.get("/Alt"))
        line = "  " * depth + element["/S"][1:]
        self.heard.append(line + (": " + alt if alt else ""))
        self.check(element, role, parent, alt)
        page = element.get("/Pg", page)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                self.own(reference, element, page, kid)
                self.hear(page, kid, depth, alt)
                continue
            value = self.pdf.get(kid)
            if value.get("/Type") == "/MCR":
                self.own(reference, element, value.get("/Pg", page), value["/MCID"])
                self.hear(value.get("/Pg", page), value["/MCID"], depth, alt)
            elif value.get("/Type") == "/OBJR":
                self.annotations[value["/Obj"]] = (reference, role)
            else:
                if value.get("/P") != reference:
                    self.pdf.fault("01-000", f"a {value.get('/S')} says that its parent is another")
                self.walk(kid, role, page, depth + 1)

    def hear(self, page, number, depth, alt):
        """Where there is an alternative text, readers are given that."""
        said = self.texts[page][number].strip()
        if said and not alt:
            self.heard.append("  " * (depth + 1) + '"' + said + '"')

    def own(self, reference, element, page, number):
        self.owned[(page, number)] = reference
        if (element["/S"][1:], number) not in self.marked[page]:
            self.pdf.fault("01-000", f"content {number} of {page} is not its element's, {element['/S']}")

    def check(self, element, role, parent, alt):
        fault = self.pdf.fault
        if role in PARENTS and parent not in PARENTS[role]:
            fault("09-002", f"a {role} stands in a {parent}")
        if role in ("L", "Table", "TR", "TOC"):
            kids = element.get("/K", [])
            if not kids:
                fault("09-000", f"a {role} is empty")
        if role == "Figure" and not alt:
            fault("13-004", "a figure has no alternative text")
        if role == "Formula" and not alt:
            fault("17-002", "a formula has no alternative text")
        if re.fullmatch(r"H[1-6]", role):
            level = int(role[1])
            if level > self.heading + 1:
                fault("14-003", f"a heading of level {level} follows one of level {self.heading}")
            self.heading = level
        attributes = self.pdf.get(element.get("/A", {}))
        if role == "TH" and attributes.get("/Scope") not in ("/Column", "/Row", "/Both"):
            fault("15-003", "a heading cell says not what it is of")
        if role == "L" and "/ListNumbering" not in attributes:
            fault("16-000", "a list says not how it is numbered")
        if role == "Figure":
            self.check_place(element, attributes)
        if role == "Note":
            name = element.get("/ID")
            self.ids[name] += 1
            if not name or self.ids[name] > 1:
                fault("19-003", f"a note's ID is missing, or another's: {name}")
        if "/Lang" in element and not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text(element["/Lang"])):
            fault("11-000", f"not a language: {text(element['/Lang'])}")
        for file in element.get("/AF", []):
            specification = self.pdf.get(file)
            if not ("/F" in specification and "/UF" in specification):
                fault("21-001", "an embedded file has no name")
        if role == "Table":
            self.check_rows(element)

    def check_place(self, element, attributes):
        """A figure's place on its page (ISO 32000-1, 14.8.5.4.3): what shows less of it can do so."""
        box = attributes.get("/BBox")
        paper = self.pdf.inherited(element.get("/Pg", self.pdf.pages[0]), "/MediaBox")
        if not box or attributes.get("/O") != "/Layout":
            return self.pdf.fault("13-000", "a figure says not where it stands")
        left, bottom, right, top = box
        if not (paper[0] <= left < right <= paper[2] and paper[1] <= bottom < top <= paper[3]):
            self.pdf.fault("13-000", f"a figure stands at {box} on paper of {paper}")

    def rows(self, element):
        for kid in element.get("/K", []):
            value = self.pdf.get(kid)
            if isinstance(value, dict) and value.get("/S") in ("/THead", "/TBody", "/TFoot"):
                yield from self.rows(value)
            elif isinstance(value, dict) and value.get("/S") == "/TR":
                yield value

    def check_rows(self, table):
        widths, taken = set(), collections.Counter()
        for row in self.rows(table):
            width = 0
            below = collections.Counter()
            for kid in row.get("/K", []):
                attributes = self.pdf.get(self.pdf.get(kid).get("/A", {}))
                columns, rows = attributes.get("/ColSpan", 1), attributes.get("/RowSpan", 1)
                width += columns
                for more in range(1, rows):
                    below[more] += columns
            widths.add(width + taken[0])
            taken = collections.Counter({at - 1: count for at, count in (taken + below).items() if at > 0})
        if len(widths) > 1:
            self.pdf.fault("15-000", f"a table's rows have {sorted(widths)} cells")

    def check_parents(self):
        """The way back from a page's contents to their elements."""
        numbers = self.pdf.get(self.root.get("/ParentTree", {})).get("/Nums", [])
        self.parents = {numbers[at]: numbers[at + 1] for at in range(0, len(numbers), 2)}
        for page, found in self.marked.items():
            owners = self.pdf.get(self.parents.get(self.pdf.get(page).get("/StructParents")))
            for _, number in found:
                if (page, number) not in self.owned:
                    self.pdf.fault("01-000", f"content {number} of {page} belongs to no element")
                elif not owners or owners[number] != self.owned[(page, number)]:
                    self.pdf.fault("01-000", f"content {number} of {page} does not lead back to its element")

    def check_links(self):
        for page in self.pdf.pages:
            value = self.pdf.get(page)
            annotations = self.pdf.get(value.get("/Annots", []))
            if annotations and value.get("/Tabs") != "/S":
                self.pdf.fault("28-008", f"{page} has no order for its links")
            for reference in annotations:
                annotation = self.pdf.get(reference)
                if annotation["/Subtype"] != "/Link":
                    continue
                owner, role = self.annotations.get(reference, (None, None))
                if role != "Link":
                    self.pdf.fault("28-011", f"a link of {page} is in no Link element")
                elif self.parents.get(annotation.get("/StructParent")) != owner:
                    self.pdf.fault("28-000", f"a link of {page} does not lead back to its element")
                if not text(annotation.get("/Contents")):
                    self.pdf.fault("28-012", f"a link of {page} does not say where it leads")


def font_faults(pdf):
    """Every font is in the file and says what its glyphs mean; those of drawings, too."""
    for key, item in pdf.objects.items():
        font = item.get("value")
        if not isinstance(font, dict) or font.get("/Type") != "/Font":
            continue
        if font.get("/Subtype") == "/Type0" or font.get("/Subtype") in ("/Type1", "/TrueType"):
            if "/ToUnicode" not in font and font.get("/Encoding") not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
                pdf.fault("10-001", f"{font.get('/BaseFont')} does not say what its glyphs mean")
        if font.get("/Subtype") in ("/Type1", "/TrueType", "/CIDFontType0", "/CIDFontType2"):
            descriptor = pdf.get(font.get("/FontDescriptor", {}))
            if not any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")):
                pdf.fault("31-009", f"{font.get('/BaseFont')} is not in the file")


def lost_nodes(pdf, tree, nodes):
    """What the text has, and the tree has not."""
    declared = collections.Counter()
    with open(nodes, encoding="utf-8") as lines:
        for line in lines:
            parts = line.split("\t")[0].split()
            if len(parts) == 5:
                declared[parts[4]] += 1
    for role in ("H1", "H2", "H3", "H4", "H5", "H6", "Figure", "Formula", "Table", "TR", "TH", "TD", "L", "LI", "LBody", "BlockQuote"):
        if tree.counts[role] != declared[role]:
            pdf.fault("01-006", f"of {declared[role]} {role} of the text {tree.counts[role]} are in the tree")


def main():
    pdf = File(sys.argv[1])
    metadata_faults(pdf)
    marked = {page: content_faults(pdf, page, at, contents(pdf, page)) for at, page in enumerate(pdf.pages)}
    if "/StructTreeRoot" not in pdf.catalog:
        pdf.fault("01-001", "no structure tree")
        tree = None
    else:
        tree = Tree(pdf, marked)
    font_faults(pdf)
    if tree and len(sys.argv) > 2 and sys.argv[2] != "heard":
        lost_nodes(pdf, tree, sys.argv[2])
    for fault in pdf.faults[:40]:
        print("FAILED:", fault)
    if tree and sys.argv[2:] == ["heard"]:
        print("\n".join(tree.heard))
    elif tree:
        print(" ".join(f"{role} {count}" for role, count in sorted(tree.counts.items())))
    return 1 if pdf.faults else 0


if __name__ == "__main__":
    sys.exit(main())
