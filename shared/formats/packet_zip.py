"""The packet of an alert as one ZIP file: documents, and beside each its metadata under the same name.

(Dz.U. 2006 nr 206 poz. 1519, par. 5: `dokumenty` and `metadane` of what is handed to an archive.)
"""

from __future__ import annotations

import io
import zipfile

from shared.formats.packet import Packet
from shared.formats.packet_metadata import metadata_xml
from shared.formats.packet_pdf import packet_pdf
from shared.formats.packet_xml import packet_xml


def zipped(packet: Packet) -> bytes:
    name = f"alert-{packet.alert.id}"
    documents = {
        f"{name}.xml": ("application/xml", packet_xml(packet)),
        f"{name}.pdf": ("application/pdf", packet_pdf(packet)),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for document, (kind, content) in documents.items():
            file.writestr(f"dokumenty/{document}", content)
            file.writestr(f"metadane/{document}.xml", metadata_xml(packet, document, kind, len(content)))
    return made.getvalue()
