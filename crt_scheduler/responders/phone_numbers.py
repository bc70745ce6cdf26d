"""Phone numbers as the people of a country write and dial them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec


@lru_cache(maxsize=4096)
def phone_words(phone: str, country: str) -> str:
    """Return a phone number as people of the country dial it; as it is where it cannot be read."""
    import phonenumbers  # its tables take a tenth of a second that what shows no phone need not wait

    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return phone
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


class PhoneBook(msgspec.Struct, frozen=True):
    """Everybody's number as stored, by id, and the country; one is put in words only when asked for."""

    numbers: Mapping[str, str]
    country: str

    def of(self, person: str) -> tuple[str, str]:
        """Return a person's number as stored and as dialled; both empty where there is none."""
        phone = self.numbers.get(person, "")
        return phone, phone_words(phone, self.country) if phone else ""
