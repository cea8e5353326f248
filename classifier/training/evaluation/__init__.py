"""What an evaluation is made of: scores, intervals, protocols, sealed test clips, and what is written of them."""
