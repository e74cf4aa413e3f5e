from rasad.api import ledger as ledger
from rasad.api import relation as relation

__version__: str
__all__ = ["__version__", "ledger", "relation"]
