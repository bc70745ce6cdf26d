"""The team's records and acts: people, availability, demand, roster, calendars."""
