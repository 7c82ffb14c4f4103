"""Results of proposals for awards: decided by the province, taken over by the commune that proposed."""
