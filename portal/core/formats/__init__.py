"""How people write dates in forms, where Django's own formats read the month first or know no day first."""
