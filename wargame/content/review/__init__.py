"""A review of content that can be read: what is probably a slip, what is worth knowing. Only ``wargame content check`` asks.

    stage     what a review has before it         numbers    what conditions can mean
    reach     what can come about in a scenario   possible   what is held possible while that is found out
    books     what the rules themselves move      occasions  which moments can arise
    prose     every text and who may read it      names      names that do not belong in texts
    bound     from a compiled box back to its tables
    findings  everything together, as problems

Each other module yields findings about one part of content. Codes and what they stand for are in
:mod:`wargame.content.codes`. A finding is about files as they stand: it says where, what, and what to do.
"""
