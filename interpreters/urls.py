"""The pages of the pool of interpreters and of their agreements."""

from django.urls import path

from interpreters.agreements import views as agreements
from interpreters.pool import views as pool

app_name = "interpreters"
urlpatterns = [
    path("interpreters/", pool.pool, name="pool"),
    path("new-interpreter/", pool.new_interpreter, name="new-interpreter"),
    path("interpreters/<str:reference>/", pool.one_interpreter, name="one-interpreter"),
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("new-agreement/", agreements.new_agreement, name="new-agreement"),
    path("agreements/<str:number>/", agreements.one_agreement, name="one-agreement"),
]
