"""Words that invented people and companies are named with.

Belongs here: pools only. Surnames and companies are put together from parts, so that they sound real and belong to nobody.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN = _words("""
    Adele Aischa Alma Änne Annika Antje Aslı Astrid Aylin Beate Berit Bettina Britta Çağla Carlotta Charlotte Clara
    Cornelia Cosima Dagmar Daria Dilek Dörte Edda Elif Elke Emilia Erika Esra Esther Fabienne Fatma Felicitas Femke
    Finja Florentine Franka Friederike Gerlinde Gesa Gesine Greta Gudrun Gül Gundula Hannelore Hedwig Heike
    Henriette Hülya Ida Ilse Imke Ines Inga Irmgard Isolde Ivana Jana Jelena Jördis Jorinde Josefine Jule Kaja Käthe
    Katja Kerstin Klara Lale Larissa Leni Leonie Leyla Lilli Linnea Lotte Luise Magda Maike Mara Marit Marlene Meike
    Merle Mine Mira Nadja Natascha Neele Neslihan Nora Ottilie Özlem Paula Pauline Philine Pia Ragnhild Ramona
    Regine Renate Ricarda Rieke Ronja Rosa Ruth Sabine Samira Saskia Selma Sibel Silke Simone Sina Stella Svenja
    Swantje Tabea Tamara Thea Theda Tilda Tülin Ulrike Undine Uta Vera Veronika Viola Walburga Wencke Wiebke Wilma
    Yara Yasemin Yvonne Zeynep Zita Zoë
""")
MEN = _words("""
    Albrecht Anatol Anton Arne August Balthasar Bastian Bengt Benno Björn Bodo Bruno Burak Carsten Cedric Clemens
    Deniz Detlef Dietmar Dragan Edgar Egon Eike Elias Emil Enno Eugen Falk Ferdinand Folke Fritjof Gabor Gottfried
    Götz Hakan Hanno Hasan Hauke Helge Hendrik Hilmar Holger Ingo Jakob Janosch Jens Joachim Jörg Jürgen Karsten
    Kemal Kilian Konrad Korbinian Kristof Lambert Lasse Leander Leif Lorenz Ludger Lutz Malte Marek Mats Matthis
    Mehmet Momme Moritz Niklas Okko Olaf Oleg Ömer Oskar Pascal Peer Piet Quirin Raik Ralf Rasmus Reinhold Roland
    Ruben Rüdiger Siegfried Sönke Sören Tarek Thies Thilo Timur Titus Tjark Torben Ulf Ümit Urs Valentin Victor
    Volker Werner Winfried Wolfram Xaver Zacharias
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

# Where two forms are given, the first is a man's and the second a woman's.
TITLES = (
    "Data Analyst", "Senior Data Analyst", "Business Analyst|Business Analystin", "Analyst|Analystin", "Datenanalyst|Datenanalystin",
    "Analytics Engineer", "Data Engineer", "Head of Data", "Teamleiter Business Intelligence|Teamleiterin Business Intelligence",
    "BI Developer", "Controller|Controllerin", "Leiter Controlling|Leiterin Controlling", "Projektleiter|Projektleiterin",
    "Produktmanager|Produktmanagerin", "Product Owner", "Software Engineer", "Softwareentwickler|Softwareentwicklerin",
    "UX Researcher|UX Researcherin", "Marktforscher|Marktforscherin", "Marketing Manager|Marketing Managerin", "Leitung Vertrieb",
    "Wissenschaftlicher Mitarbeiter|Wissenschaftliche Mitarbeiterin", "Doktorand|Doktorandin", "Werkstudent|Werkstudentin",
    "Unternehmensberater|Unternehmensberaterin", "Consultant", "Geschäftsführer|Geschäftsführerin", "Gründer|Gründerin",
    "Redakteur|Redakteurin", "Statistiker|Statistikerin", "Aktuar|Aktuarin", "Supply Chain Analyst", "Einkäufer|Einkäuferin",
    "Key Account Manager", "Scrum Master", "Teamleiter, Logistik|Teamleiterin, Logistik", "Freiberufler|Freiberuflerin", "",
)  # fmt: skip
RECRUITER_TITLES = (
    "Senior Recruiter|Senior Recruiterin", "Talent Acquisition Partner", "Personalberater|Personalberaterin",
    "Technical Recruiter", "Recruiter Data & IT|Recruiterin Data & IT", "Active Sourcing Specialist", "Headhunter|Headhunterin",
    "Personalvermittler|Personalvermittlerin", "Talent Scout", "Recruiting Manager",
)  # fmt: skip
HR_TITLES = (
    "HR Business Partner", "Referent Personalentwicklung|Referentin Personalentwicklung", "HR Generalist",
    "Leiter Personal|Leiterin Personal", "Payroll Specialist",
)  # fmt: skip
SALES_TITLES = ("Sales Development Representative", "Account Executive", "Business Development Manager")
DECORATIONS = (", PMP", " 🌱", ", M.Sc.", " ✨ offen für Neues", ", CFA")
