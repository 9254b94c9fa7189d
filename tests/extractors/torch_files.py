"""Two small files that torch 2.13.0 has written from one state dict, compressed: both layouts."""

ZIP = (
    "eNqtVUlv00AUnjitk7rQjaULUHaa0pLacdK0bK0s5ANGog1CqrhEbmIaCzfucyZFcKqEWkBcACFuLCfEH0Ac4QdwQU"
    "hc4IYQggtHOHBgxm5Tz5RuwCjjsZP3LTN573nMiNYhFI+jFaMFtSHTK5TsWWugaGIzOXPF0bUmdIkZc0Kh4DqOVcC2"
    "W65I572i5VnFM3YBS4B6cxBJTEQImQlCAbuELZmvYtupSHnPmqzaTjGPrXLF9fKzKQmiicREjARXSKQ5ZUFdAJF0xz"
    "XxheBLCep9QhnEiShZCzNViBkihvi4gYyoISxAgxExogsg3S5RA40YtuRgqw+ahKYSESktEZ9xq5OOVWNu9oMUaCnF"
    "DAFDK2UU5qHNiMzDtoBtO4YdOdjpBxagnWE755analwdfkgKOglXBEMX5SI0u+hld8C1B0N3Dvb6gUXYt8r5zJieOW"
    "1hy5NgfyBXCk5AhQMB90Gf24gswKFgORzwH8HQk4PELf+h9yYczUGfj7Sgn2FKw7GSf4bJcUOgOx6gLuWARcGQyoFa"
    "TY4ZsfiTz42PvhEInWOrZk47aq1lTvKy602bOD9reRWSIbq2lU0ghdK+/P7xBjVC5+q0XSi7TLuYI3nTsafK01YZ65"
    "rKpeaGxmCaGhi5Cl8FIiGsaaAVjdQMTF7DlkuTXddO/I3u0nBsjB2Lepg/9alTJCrimh6a0GmmKgdkXTv+DwYC1rkR"
    "chklHzLnyHw6Sh213/1yr4P80LGOo37WkaJrCbQ5/Z8ji2Svqe6ds2/mW/wOtLZumtVN6Zq86ZOILbJR3Zn3X1wqFF"
    "9H9ySrq+raEPr78587TbV/XXr2gQiiunW0R1nttK6d/Jf0+w//fzPqq3mqVXnPRk2pElV6+3jq4vr1141Syw3A337F"
    "8mzSAa6b9O2Tt4u6ltzkachyJqMMy8pQRk3JamZYzg5l5WGF3GYzqjqcyWSz5EkZpC6fv7jyLkF8JHyXEWq25jPcGV"
    "tWOOffozw63ADbGeRxAa3WS3mScBPrYkjuhUlWdE6eJ9yIWhmetiha2QB5eDhrmhj4wyjiehePDVc+i03UcViFx4ar"
    "l8U+5bEpHhuuPhbbUc9h1Y3v9wGPTfPYcN43s/sVEV9VPDicjt0M+H4I/OdCGTNEsX+prKLHashGbn0lBOtQbKlNiv"
    "7dj4bgOXhj14sBptGPD2J/A+kuQPs="
)

STREAM = (
    "eNqFkstu00AUQO2xnYChpbwpz/J2eYTYSYi7gS6qboZXzcYbZDn2qDYydq49rgRSpWwaCt/AgiWfwe/wByCx4I4dAk"
    "GpsDzvO+fMXM2IfNSTn582f6y8/vJiuTUiT78pWO+CZLhLkiQN84xnQZZ4Oywv4iwFGQPcBVxJYs4T5rE0jP0UyL6r"
    "4yR/O2ReEb9jBSi7oBquhpNFlOUcNEpcBUdxyqFBVVcVjCzdhiZVyxKdAWoSFnC0FPrzPGQ5CzfigOsgrTogG66MO3"
    "wgAc/yIGp5JY+TQvdyNijjJPQ4S4ss93YsHRTDcJtCjJH+NgO13qJvJpnPX9aTOmjuIsasdfs9y+q1O2u23bWhUZ0x"
    "GJZ4rMYzDoe2qEQVSsZwmMpUGYP+IRLHOcLhqAML1ZkGsBihMvqt2cjKQcKmnmN/PObDTt9s99tdWIqalCD/uOCTPT"
    "hB5T04WbNPcTjtwJmKHcDZGfYTzNiUfO4fsmn2LFhGsozk84KM0AuiuliTL3G47MCVihzCygGZHPq5/4ZxlutwtZZH"
    "2ozJNs2+ZcO1iel6ZaLyGG7Uzc3adovDbQeM/Wqw+h7uOHC3UjO4dxDX7ltwP6pz39qiROTmgbhBu2aaHCwHOuK9vB"
    "JvdE5q5XlZIfMuoMyzq/OehcZaRPr7+/540vkqTzrNSStPY0aPGjN7RmLPOv5YRlg+r/9v/RfxC90h"
)
