"""Words that invented people and companies are named with.

Belongs here: pools only. Surnames and companies are put together from parts, so that they sound real and belong to nobody.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words("""
    Adele Aischa Albrecht Alma Anatol Änne Annika Antje Anton Arne Aslı Astrid August Aylin Balthasar
    Bastian Beate Bengt Benno Berit Bettina Björn Bodo Britta Bruno Burak Çağla Carlotta Carsten Cedric
    Charlotte Clara Clemens Cornelia Cosima Dagmar Daria Deniz Detlef Dietmar Dilek Dörte Dragan Edda Edgar
    Egon Eike Elif Elias Elke Emil Emilia Enno Erika Esra Esther Eugen Fabienne Falk Fatma Felicitas Femke
    Ferdinand Finja Florentine Folke Franka Friederike Fritjof Gabor Gerlinde Gesa Gesine Gottfried Götz
    Greta Gudrun Gül Gundula Hakan Hanno Hannelore Hasan Hauke Hedwig Heike Helge Hendrik Henriette Hilmar
    Holger Hülya Ida Ilse Imke Ines Inga Ingo Irmgard Isolde Ivana Jakob Jana Janosch Jelena Jens Joachim
    Jördis Jörg Jorinde Josefine Jule Jürgen Kaja Karsten Käthe Katja Kemal Kerstin Kilian Klara Konrad
    Korbinian Kristof Lale Lambert Larissa Lasse Leander Leif Leni Leonie Leyla Lilli Linnea Lorenz Lotte
    Ludger Luise Lutz Magda Maike Malte Mara Marek Marit Marlene Mats Matthis Mehmet Meike Merle Mine Mira
    Momme Moritz Nadja Natascha Neele Neslihan Niklas Nora Okko Olaf Oleg Ömer Oskar Ottilie Özlem Pascal
    Paula Pauline Peer Philine Piet Pia Quirin Raik Ragnhild Ralf Ramona Rasmus Regine Reinhold Renate
    Ricarda Rieke Roland Ronja Rosa Ruben Rüdiger Ruth Sabine Samira Saskia Selma Sibel Siegfried Silke
    Simone Sina Sönke Sören Stella Svenja Swantje Tabea Tamara Tarek Thea Theda Thies Thilo Tilda Timur
    Titus Tjark Torben Tülin Ulf Ulrike Ümit Undine Urs Uta Valentin Vera Veronika Victor Viola Volker
    Walburga Wencke Werner Wiebke Wilma Winfried Wolfram Xaver Yara Yasemin Yvonne Zacharias Zeynep Zita Zoë
""")

SURNAME_HEADS = _words("""
    Ahorn Amsel Apfel Auen Bach Birken Blumen Brunnen Buchen Dachs Distel Dohlen Eichen Erlen Eschen Falken
    Farn Fichten Fuchs Ginster Grün Hagen Hafer Hasel Heide Herbst Hirsch Holunder Hopfen Kiebitz Kirsch
    Krähen Kranich Küsten Lerchen Linden Löwen Luchs Mandel Marder Moor Mühl Nebel Nuss Otter Pappel Quell
    Raben Reiher Röhricht Rüben Salz Schilf Schlehen Schwalben Silber Specht Stein Storch Tannen Tauben
    Ulmen Wachtel Weiden Weizen Wiesen Winter Wolken Zander Zeisig
""")
SURNAME_TAILS = (
    "acker",
    "beck",
    "berg",
    "brink",
    "dorf",
    "feld",
    "gruber",
    "hain",
    "hauer",
    "hof",
    "horst",
    "kamp",
    "lohe",
    "ried",
    "rode",
    "stätter",
    "wald",
    "winkel",
)
SURNAMES_FROM_ELSEWHERE = _words("""
    Aydınoğlu Bielikowicz Çelikdağ Dąbrowiak Erdenalp Fjellström Gökçenur Horváthy Ivanchik Jelavićka
    Kowalewicz Lindqvarn Mazurkow Novákel Özgüldal Petrakovic Quintaval Rossanelli Sørvang Tanrıveren
    Ugarteza Vukasinov Wiśnicz Yıldızgil Zielińczyk O'Lachtna
""")

COMPANY_HEADS = _words("""
    Nordlicht Kompassrose Domblick Südbrücke Rheinufer Ahornblatt Graureiher Kaltwasser Windfang
    Silberdistel Morgenrot Hafenkante Steinlinde Blaumeise Zeitraum Lichthof Fernweh Kupferkanne Tintenfass
    Wollgras Siebenstern Regenbogenforelle Ankerplatz Federwerk Glockengasse Küstennebel Moosgrün
    Papierflieger Querfeld Übermorgen
""")
COMPANY_TAILS = (
    "Analytik",
    "Software",
    "Logistik",
    "Datenhaus",
    "Energie",
    "Beratung",
    "Medien",
    "Handel",
    "Technik",
    "Versicherung",
    "Labor",
    "Werke",
    "Systems",
    "Digital",
    "Mobilität",
    "Gesundheit",
)
LEGAL_FORMS = ("GmbH", "GmbH", "GmbH", "AG", "SE", "GmbH & Co. KG", "e. V.", "", "")
UNUSUAL_COMPANIES = (
    "Kaffee & Kontor, Köln",
    'Druckerei "Das Blatt" AG',
    "Grünzeug 🌿 GmbH",
    "Müßiggang & Söhne OHG",
    "Zahlenspiel, Wort und Bild",
    "L'Atelier Möwe",
    "Selbstständig",
    "",
)

# Where she would like to work; contacts write the same house in different ways.
TARGET_COMPANIES = (
    "Nordlicht Analytik GmbH",
    "Domblick Versicherung AG",
    "Südbrücke Energie SE",
    "Graureiher Logistik GmbH & Co. KG",
    "Übermorgen Mobilität",
    "Kompassrose Datenhaus GmbH",
)

TITLES = (
    "Data Analyst", "Senior Data Analyst", "Business Analystin", "Analystin", "Datenanalyst", "Analytics Engineer", "Data Engineer",
    "Head of Data", "Teamleiterin Business Intelligence", "BI Developer", "Controllerin", "Leiter Controlling", "Projektleiterin",
    "Produktmanager", "Product Owner", "Software Engineer", "Softwareentwicklerin", "UX Researcherin", "Marktforscherin",
    "Marketing Managerin", "Leitung Vertrieb", "Wissenschaftliche Mitarbeiterin", "Doktorand", "Werkstudentin Datenanalyse",
    "Unternehmensberater", "Consultant", "Geschäftsführerin", "Gründer", "Redakteurin", "Statistikerin", "Aktuar",
    "Supply Chain Analyst", "Einkäufer", "Key Account Manager", "Scrum Master", "Teamleiter, Logistik", "Freiberuflerin", "",
)  # fmt: skip
RECRUITER_TITLES = (
    "Senior Recruiter", "Talent Acquisition Partner", "Personalberaterin", "Technical Recruiter", "Recruiterin Data & IT",
    "Active Sourcing Specialist", "Headhunter", "Personalvermittlerin", "Talent Scout", "Recruiting Manager",
)  # fmt: skip
HR_TITLES = (
    "HR Business Partner",
    "Referentin Personalentwicklung",
    "HR Generalist",
    "Leiterin Personal",
    "Payroll Specialist",
)
SALES_TITLES = (
    "Sales Development Representative",
    "Account Executive",
    "Vertriebspartner",
    "Business Development Manager",
)
DECORATIONS = (", PMP", " 🌱", ", M.Sc.", " ✨ offen für Neues", ", CFA")
